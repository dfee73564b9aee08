import late.afterwards
